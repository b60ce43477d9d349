import { userApis } from '../kapi/user-apis.ts';
import { kapiCodes } from '../refusals/kapi-codes.ts';
import { koeCodes } from '../refusals/koe-codes.ts';
import { redirectErrors } from '../refusals/redirect-errors.ts';
import { idTokenScenarios } from './id-tokens.ts';
import type { Scenario } from './scenario.ts';
import { transportScenarios } from './transport.ts';

const koeScenarios = Object.entries(koeCodes).map(([code, { cause, endpoints, source }]) =>
  refusal(code, code, cause, endpoints, source),
);

const kapiScenarios = [...kapiCodes].map(([code, { cause, source }]) =>
  refusal(String(code), code, cause, Object.keys(userApis), source),
);

const redirectScenarios = Object.entries(redirectErrors).map(([name, { cause, source }]) =>
  refusal(name, name, cause, ['/oauth/authorize'], source),
);

/** Every failure that can be had by name: Kakao's codes, its redirect errors, bad ID tokens, a bad network. */
export const scenarios: readonly Scenario[] = [
  ...koeScenarios,
  ...redirectScenarios,
  ...kapiScenarios,
  ...idTokenScenarios,
  ...transportScenarios,
];

function refusal(
  name: string,
  code: string | number,
  what: string,
  endpoints: readonly string[],
  source: string,
): Scenario {
  return { name, what, code, endpoints, everywhere: false, effect: { kakao: code }, source };
}
