const ko = {
  title: '카카오계정',
  pickTitle: '카카오계정 선택',
  pickLead: '연결된 서비스를 볼 계정을 고르세요. 비밀번호는 없습니다.',
  lead: '이 계정으로 로그인한 서비스와 제공에 동의한 정보입니다.',
  manage: '카카오계정 관리',
  otherAccount: '다른 계정',
  services: '연결된 서비스',
  noServices: '연결된 서비스가 없습니다.',
  linkedOn: (date: string) => `${date} 연결`,
  nothingShared: '제공하는 정보가 없습니다.',
  withdraw: '동의 철회',
  withdrawLabel: (app: string, item: string) => `${app} ${item} 동의 철회`,
  disconnect: '연결 끊기',
  disconnectLabel: (app: string) => `${app} 연결 끊기`,
  security: '보안',
  changePassword: '비밀번호를 바꿨다고 알리기',
  signOutEverywhere: '모든 기기에서 로그아웃',
  deleteTitle: '카카오계정 탈퇴',
  deleteLead: '모든 서비스와 연결이 끊기고 계정이 사라집니다. 되돌릴 수 없습니다.',
  delete: '탈퇴하기',
  disconnected: '연결을 끊었습니다.',
  withdrawn: '동의를 철회했습니다.',
  passwordChanged: '비밀번호가 바뀌었다고 서비스에 알렸습니다.',
  signedOutEverywhere: '모든 기기에서 로그아웃했습니다.',
  deleted: '카카오계정에서 탈퇴했습니다.',
  notConnected: '이미 연결이 끊긴 서비스입니다.',
  notRevocable: '필수 항목은 철회할 수 없습니다. 연결 끊기를 이용하세요.',
  notPossible: '처리할 수 없는 요청입니다.',
  otherOrigin: '다른 사이트에서 보낸 요청은 받지 않습니다.',
};

export type AccountText = typeof ko;

const en = {
  title: 'Kakao Account',
  pickTitle: 'Choose a Kakao Account',
  pickLead: 'Whose connected services do you want to see? There are no passwords.',
  lead: 'The services that this account has logged in to, and what they may know.',
  manage: 'Manage Kakao Account',
  otherAccount: 'Switch',
  services: 'Connected services',
  noServices: 'No services are connected.',
  linkedOn: (date: string) => `Connected on ${date}`,
  nothingShared: 'Nothing is shared.',
  withdraw: 'Withdraw',
  withdrawLabel: (app: string, item: string) => `Withdraw ${item} from ${app}`,
  disconnect: 'Disconnect',
  disconnectLabel: (app: string) => `Disconnect ${app}`,
  security: 'Security',
  changePassword: 'Report a changed password',
  signOutEverywhere: 'Log out on all devices',
  deleteTitle: 'Delete Kakao Account',
  deleteLead: 'Every service is disconnected and the account is gone. This cannot be undone.',
  delete: 'Delete account',
  disconnected: 'Disconnected.',
  withdrawn: 'Consent withdrawn.',
  passwordChanged: 'The services hear that the password was changed.',
  signedOutEverywhere: 'Logged out on all devices.',
  deleted: 'The Kakao Account has been deleted.',
  notConnected: 'This service is no longer connected.',
  notRevocable: 'Required items cannot be withdrawn. Disconnect the service instead.',
  notPossible: 'This cannot be done.',
  otherOrigin: 'Requests from other sites are refused.',
} satisfies AccountText;

/** Every sentence of the account page, by language. */
export const accountText = { ko, en };

/** What a notice on the account page can say. */
export const accountNotices = [
  'disconnected',
  'withdrawn',
  'passwordChanged',
  'signedOutEverywhere',
  'deleted',
] as const;
export type AccountNotice = (typeof accountNotices)[number];
export type AccountAlert = 'notConnected' | 'notRevocable' | 'notPossible' | 'otherOrigin';
