/** Empty: without one, the bundler takes the next one that it finds on the way up to the top of the repository. */
export function register() {}
