import { readableNickname } from '../../pages/html.ts';
import type { User } from '../../world/users.ts';
import { choice } from '../panel.ts';

/** A choice of people; `nobody` is the text of a first entry that means none. */
export function peopleChoice(label: string, users: ReadonlyMap<string, User>, nobody?: string): string {
  const people = [...users.values()].map((user): [string, string] => [
    user.id,
    `${readableNickname(user.nickname)} · ${user.id}`,
  ]);
  return choice(label, 'userId', nobody === undefined ? people : [['', nobody], ...people]);
}
