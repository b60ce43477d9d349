import { type Fidelity, fidelity } from './fidelity.ts';

const BEGIN = '<!-- fidelity: written by `npm run fidelity` -->';
const END = '<!-- /fidelity -->';

/** The README with the fidelity table between its two marker comments; `RangeError` when a marker is missing. */
export function withFidelityTable(readme: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError(`the README needs the comments ${BEGIN} and ${END}`);
  return `${readme.slice(0, from + BEGIN.length)}\n${table()}\n${readme.slice(to)}`;
}

function table(): string {
  const head = '| endpoint | what is done | source | how sure | left open |\n| --- | --- | --- | --- | --- |';
  return [head, ...fidelity.map(row)].join('\n');
}

function row({ endpoint, done, source, sure, open = '' }: Fidelity): string {
  const cells = [endpoint.startsWith('→') ? endpoint : `\`${endpoint}\``, done, source, sure, open];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
