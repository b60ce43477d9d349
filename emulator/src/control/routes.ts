import { seedPart, shapeOfPart } from '../seed/seed-shape.ts';
import { addAdminKey, adminKeySettings, deleteAdminKey, newAdminKey, patchAdminKey } from './admin-keys.ts';
import { listed, the } from './answers.ts';
import { keySettings } from './app-shape.ts';
import { listAppUsers } from './app-users.ts';
import { addApp, appChanges, deleteApp, listApps, newApp, patchApp, showApp } from './apps.ts';
import { addApproval, approvalOrder, clearApprovals, listApprovals } from './auto-approve.ts';
import { advanceClock, clockAdvance, clockChanges, patchClock, resetClock, showClock } from './clock.ts';
import { faultOrder } from './fault-order.ts';
import { clearFaults, listFaults, removeFault, setFault } from './faults.ts';
import { showFidelity } from './fidelity.ts';
import { listKeys, rotate, rotation } from './keys.ts';
import { closeNamespace, listNamespaces, namespaceOrder, openNamespace } from './namespaces.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { addPlatformKey, deletePlatformKey, newPlatformKey, patchPlatformKey } from './platform-keys.ts';
import { requestRoutes } from './request-routes.ts';
import { reset } from './reset.ts';
import { scenarioRoutes } from './scenario-routes.ts';
import { patchSettings, settingsShape, showSettings } from './settings.ts';
import { replaceWorld, showSnapshot } from './snapshot.ts';
import { mintTokens, tokenOrder } from './tokens.ts';
import {
  addUser,
  deleteUser,
  listUsers,
  newUser,
  patchUser,
  unlinkOrder,
  unlinkUser,
  userSettings,
} from './users.ts';
import { webhookRoutes } from './webhook-routes.ts';

const created = 201;

/** Every operation of the control API: what is dispatched, and what its OpenAPI document says. */
export const controlRoutes: ControlRoutes = {
  reset: { POST: operation(reset, 'Everything is as at the start') },
  snapshot: {
    GET: operation(showSnapshot, 'What is held now, as a seed file has it', { answer: the('Seed') }),
    PUT: operation(replaceWorld, 'Puts a seed in the place of what is held', { body: shapeOfPart(seedPart) }),
  },
  users: {
    GET: operation(listUsers, 'All Kakao Accounts', { answer: listed('users', 'User') }),
    POST: operation(addUser, 'Adds an account', { body: newUser, answer: the('User'), status: created }),
  },
  'users/:userId': {
    PATCH: operation(patchUser, 'Changes an account', { body: userSettings, answer: the('User') }),
    DELETE: operation(deleteUser, 'Deletes an account; its links and tokens die', {
      query: { reason: 'ACCOUNT_DELETE (default) or FORCED_ACCOUNT_DELETE' },
    }),
  },
  'users/:userId/unlink': {
    POST: operation(unlinkUser, 'Cuts the link to an app; its webhooks are told', { body: unlinkOrder }),
  },
  apps: {
    GET: operation(listApps, 'All apps', { answer: listed('apps', 'App') }),
    POST: operation(addApp, 'Adds an app with a key of each type', {
      body: newApp,
      answer: the('App'),
      status: created,
    }),
  },
  'apps/:app': {
    GET: operation(showApp, 'One app, by app id or platform key', { answer: the('App') }),
    PATCH: operation(patchApp, 'Changes an app and the key it is named by', {
      body: appChanges,
      answer: the('App'),
    }),
    DELETE: operation(deleteApp, 'Deletes an app; its links and tokens die'),
  },
  'apps/:app/users': {
    GET: operation(listAppUsers, 'The ids that the app knows people by', {
      answer: listed('users', 'AppUser'),
    }),
  },
  'apps/:app/keys': {
    POST: operation(addPlatformKey, 'Adds a platform key', {
      body: newPlatformKey,
      required: ['type'],
      answer: the('PlatformKey'),
      status: created,
    }),
  },
  'apps/:app/keys/:key': {
    PATCH: operation(patchPlatformKey, 'Changes a platform key', {
      body: keySettings,
      answer: the('PlatformKey'),
    }),
    DELETE: operation(deletePlatformKey, 'Deletes a platform key; its tokens die'),
  },
  'apps/:app/admin-keys': {
    POST: operation(addAdminKey, 'Adds an admin key', {
      body: newAdminKey,
      answer: the('AdminKey'),
      status: created,
    }),
  },
  'apps/:app/admin-keys/:key': {
    PATCH: operation(patchAdminKey, 'Changes an admin key', {
      body: adminKeySettings,
      answer: the('AdminKey'),
    }),
    DELETE: operation(deleteAdminKey, 'Deletes an admin key that is not the primary one'),
  },
  tokens: {
    POST: operation(mintTokens, 'Tokens for a user without a page, as a mobile SDK holds them', {
      body: tokenOrder,
      required: ['userId'],
      answer: the('Tokens'),
    }),
  },
  'auto-approve': {
    GET: operation(listApprovals, 'Standing orders', { answer: listed('autoApprovals', 'AutoApproval') }),
    POST: operation(addApproval, 'Lets the next logins through without a page', {
      body: approvalOrder,
      required: ['userId'],
      answer: the('AutoApproval'),
      status: created,
    }),
    DELETE: operation(clearApprovals, 'Forgets all standing orders'),
  },
  faults: {
    GET: operation(listFaults, 'Faults that still wait', { answer: listed('faults', 'Fault') }),
    POST: operation(setFault, 'Lets something go wrong at an endpoint', {
      body: faultOrder,
      required: ['endpoint'],
      answer: the('Fault'),
      status: created,
    }),
    DELETE: operation(clearFaults, 'Forgets all faults'),
  },
  'faults/:fault': { DELETE: operation(removeFault, 'Forgets one fault') },
  ...scenarioRoutes,
  ...requestRoutes,
  ...webhookRoutes,
  settings: {
    GET: operation(showSettings, 'All settings', { answer: the('Settings') }),
    PATCH: operation(patchSettings, 'Changes settings', { body: settingsShape, answer: the('Settings') }),
  },
  fidelity: {
    GET: operation(showFidelity, 'What is done of Kakao, and how sure that is', {
      answer: { type: 'object' },
    }),
  },
  keys: { GET: operation(listKeys, 'Published signing keys', { answer: listed('keys', 'SigningKey') }) },
  'keys/rotate': {
    POST: operation(rotate, 'A new key signs', { body: rotation, answer: the('SigningKey') }),
  },
  namespaces: {
    GET: operation(listNamespaces, 'All namespaces', { answer: listed('namespaces', 'Namespace') }),
    POST: operation(openNamespace, 'Opens a Kakao of its own', {
      body: namespaceOrder,
      answer: the('Namespace'),
      status: created,
    }),
  },
  'namespaces/:name': { DELETE: operation(closeNamespace, 'Ends a namespace') },
  clock: {
    GET: operation(showClock, 'The time', { answer: the('Clock') }),
    PATCH: operation(patchClock, 'Sets, freezes or thaws the time', {
      body: clockChanges,
      answer: the('Clock'),
    }),
    DELETE: operation(resetClock, 'Back to the clock of the machine', { answer: the('Clock') }),
  },
  'clock/advance': {
    POST: operation(advanceClock, 'Later at once', {
      body: clockAdvance,
      required: ['seconds'],
      answer: the('Clock'),
    }),
  },
};
