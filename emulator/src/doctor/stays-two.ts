import type { Person } from './kakao.ts';
import { freshBrowser, logIn, type Patient, whoIs } from './patient.ts';
import { isStill, nameOf } from './symptoms.ts';
import { type Finding, judge, notApplicable } from './verdict.ts';

/** Both log in, each in a browser of their own; by name and by id each must still be who they are. */
export async function staysTwo(patient: Patient, one: Person, other: Person, what: string): Promise<Finding> {
  if (!patient.probe.names)
    return notApplicable('nothing tells people apart: name an endpoint with --me PATH');
  const [first, second] = [freshBrowser(patient), freshBrowser(patient)];
  await logIn(patient, first, one);
  await logIn(patient, second, other);
  let wrong: string | null = null;
  for (const by of [byName, byId]) {
    const [whoOne, whoOther] = [
      await whoIs(patient, first, by(one), by(other)),
      await whoIs(patient, second, by(other), by(one)),
    ];
    if (!isStill(whoOne, by(one))) wrong ??= `the first person is now ${nameOf(patient, whoOne)}`;
    if (!isStill(whoOther, by(other)))
      wrong ??= `the second person was taken for ${nameOf(patient, whoOther)}`;
  }
  return judge(`logins of ${what}`, wrong, 'they stayed two people');
}

/** Somebody who is known by the nickname alone. */
function byName(person: Person): Person {
  return { id: person.nickname ?? person.id, nickname: null, email: null };
}

/** Somebody who is known by the id alone. */
function byId({ id }: Person): Person {
  return { id, nickname: null, email: null };
}
