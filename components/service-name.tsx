interface Props {
  name: string;
  /** Files of this site, for light and dark. */
  logo: { light: string; dark: string } | undefined;
}

/** What the service is called, with its logo if it has one. */
export function ServiceName({ name, logo }: Props) {
  if (!logo) return name;
  return (
    <span className="service-name">
      <picture>
        <source media="(prefers-color-scheme: dark)" srcSet={logo.dark} />
        <img src={logo.light} alt="" width={28} height={28} decoding="async" className="service-logo" />
      </picture>
      <span>{name}</span>
    </span>
  );
}
