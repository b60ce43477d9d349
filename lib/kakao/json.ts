import { parse } from 'lossless-json';

/**
 * Parses JSON with every integer as a `bigint`, since a Kakao id is a 64-bit integer and `JSON.parse`
 * turns 9007199254740993 into …992. Other numbers are numbers. A repeated key is an error.
 *
 * @throws SyntaxError on anything that is not JSON
 */
export function parseExactJson(text: string): unknown {
  return parse(text, undefined, (literal) => (/^-?\d+$/.test(literal) ? BigInt(literal) : Number(literal)));
}
