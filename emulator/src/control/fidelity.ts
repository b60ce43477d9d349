import { fidelity } from '../fidelity.ts';
import { toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';

/** `GET /fidelity`: what of Kakao is implemented, from where it is known and how surely: `{"endpoints": [...]}`. */
export function showFidelity(): Reply {
  return jsonReply({ endpoints: toJson(fidelity) });
}
