import { isolate } from './format';

/** Every Korean sentence that a person reads; the other languages have the same keys. */
export const ko = {
  site: {
    name: '로그인 스타터',
    title: (name: string) => `${name} · 카카오계정으로 시작하는 서비스`,
    description: '쓰던 카카오계정으로 바로 이용할 수 있어요.',
    skipToContent: '본문으로 건너뛰기',
    account: '내 계정',
    menu: (name: string) => `${isolate(name)} 님 메뉴`,
    logout: '로그아웃',
    login: '로그인',
    home: '홈으로',
  },
  localKakao: {
    name: '로컬 카카오',
    note: '개발용 가짜 카카오에 연결되어 있어요. 실제 카카오계정은 쓰이지 않아요.',
    open: '로컬 카카오 열기',
  },
  home: {
    welcome: (service: string) => `${service}에 오신\u00a0것을 환영해요`,
    hello: (name: string) => `${isolate(name)} 님, 반가워요`,
    start: '시작하기',
    account: '내 계정 보기',
    /** Where Kakao is a local one only. */
    hint: '이 화면은 app/page.tsx예요. 이 자리에 서비스를 채워 주세요.',
  },
  login: {
    title: '로그인',
    lead: '카카오계정으로 로그인해 주세요.',
    kakaoButton: '카카오 로그인',
    /** Of an app with Kakao Sync. */
    kakaoSyncButton: '카카오로 시작하기',
    busy: '카카오로 이동하는 중…',
    recent: '최근 로그인',
    anotherAccount: '다른 계정으로 로그인',
    continueAs: (name: string) => `${isolate(name)} 님으로 계속하기`,
    switchHint: '다른 카카오계정을 쓰려면 아래에서 다시 로그인하세요.',
    terms: '이용약관',
    privacy: '개인정보 처리방침',
    support: '고객센터',
    errorTitle: (title: string) => `오류: ${title}`,
    supportCode: '문의 코드',
    failures: {
      cancelled: {
        title: '로그인을 취소했어요',
        happened: '카카오 화면에서 취소해서 로그인하지 않았어요.',
        todo: '원할 때 언제든지 다시 로그인할 수 있어요.',
      },
      expired: {
        title: '처음부터 다시 로그인해 주세요',
        happened:
          '로그인을 시작한 지 오래됐거나, 이미 마쳤거나, 카카오톡처럼 다른 앱이나 브라우저에서 시작한 로그인이에요. 안전을 위해 시작한 곳에서 한 번만 마칠 수 있어요.',
        todo: '아래 버튼을 누르면 여기서 다시 시작하고, 가려던 곳으로 이어져요.',
      },
      kakao_rejected: {
        title: '카카오에서 로그인을 확인하지 못했어요',
        happened: '카카오가 보낸 일회용 로그인 코드가 이미 쓰였거나, 이 로그인에 더는 쓸 수 없어요.',
        todo: '아래 버튼을 눌러 다시 로그인해 주세요.',
      },
      kakao_unavailable: {
        title: '카카오와 연결이 원활하지 않아요',
        happened:
          '카카오가 제때 응답하지 않았거나, 카카오에 일시적인 문제가 있어요. 회원님의 잘못은 아니에요.',
        todo: '잠시 뒤에 다시 시도해 주세요.',
      },
      misconfigured: {
        title: '지금은 카카오 로그인을 쓸 수 없어요',
        happened: '회원님의 잘못이 아니라, 이 서비스의 카카오 로그인 설정에 문제가 있어요.',
        todo: '나중에 다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      under_14: {
        title: '만 14세 이상인지 확인하지 못했어요',
        happened:
          '이 서비스가 만 14세 미만을 받지 않거나, 보호자의 동의가 확인되지 않아서 카카오가 로그인을 멈췄어요.',
        todo: '만 14세 이상이라면 카카오계정의 생년월일을 확인한 뒤 다시 시도해 주세요. 아니라면 만 14세가 된 뒤에 이용해 주세요.',
      },
      blocked: {
        title: '이용이 제한된 계정이에요',
        happened: '이 서비스에서 이 계정의 로그인을 제한하고 있어요.',
        todo: '이유를 알고 싶다면 고객센터에 문의해 주세요.',
      },
      too_many_requests: {
        title: '로그인 시도가 너무 많았어요',
        happened: '이 서비스나 지금 쓰는 인터넷에서 짧은 시간에 로그인 시도가 몰려서 잠시 멈췄어요.',
        todo: '1분쯤 기다렸다가 다시 시도해 주세요.',
      },
      unexpected: {
        title: '로그인을 마치지 못했어요',
        happened: '예상하지 못한 문제가 생겨서 로그인을 안전하게 멈췄어요. 회원님의 잘못은 아니에요.',
        todo: '다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
    },
    /** Instead of the sentences of the code, where those would not be true. */
    causes: {
      token_unknown: {
        title: '카카오 로그인이 풀렸어요',
        happened:
          '로그인을 마치기 전에 카카오에서 로그인이 풀렸어요. 그사이 카카오에서 로그아웃했거나 연결을 끊었을 수 있어요.',
        todo: '아래 버튼을 눌러 다시 로그인하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      not_linked: {
        title: '카카오와 연결되어 있지 않아요',
        happened: '이 카카오계정이 아직 이 서비스와 연결되지 않았거나, 로그인하는 동안 연결이 해제됐어요.',
        todo: '아래 버튼을 눌러 다시 연결하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      account_unusable: {
        title: '이 카카오계정으로 로그인할 수 없어요',
        happened: '휴면 상태이거나 탈퇴한 카카오계정이라고 카카오가 알려 왔어요.',
        todo: '카카오에서 계정 상태를 확인하거나, 다른 카카오계정으로 로그인해 주세요.',
      },
      account_restricted: {
        title: '카카오가 이 계정의 이용을 제한했어요',
        happened:
          '카카오계정의 이용이 제한되어 로그인을 마치지 못했어요. 이 서비스에서 제한한 것은 아니에요.',
        todo: '카카오 고객센터에서 제한된 이유를 확인하거나, 다른 카카오계정으로 로그인해 주세요.',
      },
      consent_missing: {
        title: '필요한 동의를 확인하지 못했어요',
        happened: '로그인에 필요한 정보의 제공에 동의하지 않은 계정이라고 카카오가 알려 왔어요.',
        todo: '다시 로그인하고, 동의 화면이 나오지 않으면 고객센터에 문의해 주세요.',
      },
      unverifiable: {
        title: '카카오에서 받은 정보를 확인하지 못했어요',
        happened:
          '카카오가 보낸 로그인 정보가 맞는지 확인할 수 없어서 로그인을 안전하게 멈췄어요. 회원님의 잘못은 아니에요.',
        todo: '다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      refused: {
        title: '지금은 카카오 로그인을 쓸 수 없어요',
        happened: '회원님의 잘못이 아니라, 이 서비스의 요청을 카카오가 받아들이지 않았어요.',
        todo: '나중에 다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      too_many_logins: {
        title: '카카오 로그인을 너무 자주 했어요',
        happened:
          '카카오는 한 사람이 짧은 시간에 로그인할 수 있는 횟수를 제한해요. 그 횟수를 넘어서 로그인을 마치지 못했어요.',
        todo: '10분쯤 기다렸다가 다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      busy: {
        title: '카카오가 로그인 요청을 더 받지 않아요',
        happened: '이 서비스의 요청이 많아서 카카오가 정한 한도를 넘었어요. 회원님의 잘못은 아니에요.',
        todo: '10분쯤 뒤에 다시 시도하고, 계속 안 되면 고객센터에 문의해 주세요.',
      },
      maintenance: {
        title: '카카오가 점검 중이에요',
        happened: '카카오 로그인이 점검 중이라 로그인을 마치지 못했어요.',
        todo: '점검이 끝난 뒤에 다시 시도해 주세요.',
      },
      not_silent: {
        title: '카카오에서 할 일이 남아 있어요',
        happened: '카카오에서 로그인하거나 동의하는 단계가 남아 있어서 로그인하지 않았어요.',
        todo: '아래 버튼을 눌러 카카오 화면에서 이어서 진행해 주세요.',
      },
      incomplete: {
        title: '로그인 정보가 온전히 오지 않았어요',
        happened: '카카오에서 돌아온 주소에 빠지거나 잘못된 부분이 있어서 로그인을 안전하게 멈췄어요.',
        todo: '아래 버튼을 누르면 여기서 다시 시작하고, 가려던 곳으로 이어져요.',
      },
      disabled: {
        title: '정지된 카카오계정이에요',
        happened:
          '카카오가 이 카카오계정을 정지했다고 알려 와서 로그인을 막고 있어요. 이 서비스에서 제한한 것은 아니에요.',
        todo: '정지된 이유는 카카오에 확인해 주세요. 정지가 풀리면 다시 로그인할 수 있어요. 이미 풀렸다면 고객센터에 문의해 주세요.',
      },
      withdrawn: {
        title: '그사이 탈퇴한 계정이에요',
        happened: '로그인을 시작한 뒤에 계정이 삭제돼서, 이 로그인으로 다시 가입하지 않았어요.',
        todo: '다시 가입하려면 아래 버튼을 눌러 새로 시작해 주세요.',
      },
    },
  },
  account: {
    title: '내 계정',
    sections: '내 계정 안에서 이동',
    profile: '프로필',
    details: '가입 정보',
    noNickname: '닉네임 없음',
    picture: (name: string) => `${isolate(name)} 프로필 사진`,
    email: '이메일',
    emailNotAgreed: '이메일 제공에 동의하지 않았어요.',
    noVerifiedEmail: '카카오계정에 인증된 이메일이 없어요.',
    noEmail: '이메일 제공에 동의하지 않았거나, 카카오계정에 인증된 이메일이 없어요.',
    memberSince: '가입한 날',
    lastLogin: '마지막 로그인',
    kakaoId: '회원번호',
  },
  logout: {
    title: '로그아웃',
    here: '이 기기에서 로그아웃',
    hereHint: '지금 쓰는 브라우저에서만 로그아웃해요. 카카오계정은 로그인된 채로 남아요.',
    withKakao: '카카오계정과 함께 로그아웃',
    withKakaoHint:
      '여기서 로그아웃한 다음, 이 브라우저의 카카오계정도 카카오 화면에서 로그아웃해요. 여럿이 쓰는 컴퓨터라면 이쪽이 안전해요.',
    everywhere: '모든 기기에서 로그아웃',
    /** After it, on the login page. */
    outcomes: {
      here: {
        title: '이 브라우저에서 로그아웃했어요',
        hint: '카카오계정은 로그인된 채로 남아 있어요.',
      },
      everywhere: {
        title: '모든 기기에서 로그아웃했어요',
        hint: '카카오계정의 로그인 상태는 유지돼요.',
      },
      with_kakao: {
        title: '이 서비스에서 로그아웃했어요',
        hint: '카카오 화면에서 함께 로그아웃하기를 골랐다면 카카오계정에서도 로그아웃됐어요. 이 서비스만 골랐다면 카카오계정은 이 브라우저에 로그인된 채로 남아 있어요.',
      },
    },
  },
  consent: {
    heading: '카카오에서 받는 정보',
    lead: '카카오 동의 화면에서 허락한 항목이에요. 선택 항목은 언제든 철회하거나 다시 동의할 수 있어요.',
    names: {
      openid: '로그인 정보',
      profile_nickname: '닉네임',
      profile_image: '프로필 사진',
      account_email: '카카오계정(이메일)',
      name: '이름',
      gender: '성별',
      age_range: '연령대',
      birthday: '생일',
      birthyear: '출생 연도',
      phone_number: '카카오계정(전화번호)',
      shipping_address: '배송지 정보',
      friends: '카카오 서비스 내 친구목록',
      talk_message: '카카오톡 메시지 전송',
    } as Readonly<Record<string, string>>,
    required: '동의함 · 필수',
    agreed: '동의함',
    notAgreed: '동의하지 않음',
    unused: '이 서비스에서 더는 쓰지 않아요',
    withdraw: (name: string) => `${name} 동의 철회`,
    agree: (name: string) => `${name} 동의하기`,
    withdrawShort: '철회',
    agreeShort: '동의하기',
    none: '이 서비스가 쓰는 동의 항목이 없어요.',
    unavailable:
      '지금은 카카오에서 동의 내역을 불러올 수 없어요. 잠시 뒤에 다시 열어 주세요. 로그인 상태는 유지돼요.',
    open: '카카오에서 받는 정보 보기',
    back: '내 계정으로 돌아가기',
    noCredential: '동의 내역은 카카오톡의 설정 > 카카오계정 > 연결된 서비스 관리에서 볼 수 있어요.',
    outcomes: {
      withdrawn: '동의를 철회하고 해당 정보를 삭제했어요.',
      required: '필수 항목이라 철회할 수 없어요. 더 쓰지 않으려면 탈퇴해 주세요.',
      not_agreed: '이미 동의하지 않은 항목이에요.',
      no_credential: '여기서는 철회할 수 없어요. 카카오톡의 연결된 서비스 관리에서 철회해 주세요.',
      unavailable: '카카오에서 철회됐는지 확인하지 못했어요. 잠시 뒤에 다시 시도해 주세요.',
      too_many_requests: '짧은 시간에 너무 많이 요청해서 철회하지 않았어요. 1분 뒤에 다시 시도해 주세요.',
    },
    answers: {
      agreed: '카카오에서 동의했어요.',
      declined: '동의하지 않았어요. 바뀐 것은 없어요.',
    },
    title: '추가 동의가 필요해요',
    requestLead:
      '이 기능을 쓰려면 카카오에서 아래 항목에 동의해야 해요. 동의하지 않아도 다른 기능은 그대로 쓸 수 있어요.',
    later: '나중에 하기',
    request: '카카오에서 동의하기',
  },
  personalData: {
    heading: '내 데이터 내려받기',
    lead: '프로필, 로그인한 기기, 활동 내역, 동의 내역까지 이 서비스가 보관하는 것을 모두 담은 파일이에요.',
    json: 'JSON 파일',
    csv: 'CSV 파일 (엑셀에서 열기)',
  },
  leave: {
    heading: '회원 탈퇴',
    lead: '이 서비스의 계정을 삭제하고 카카오와의 연결을 끊어요.',
    open: '탈퇴하기',
    title: '회원 탈퇴',
    who: (name: string) => `${isolate(name)} 님, 탈퇴하기 전에 확인해 주세요.`,
    erased: '바로 삭제되는 정보',
    erasedItems: [
      '프로필: 닉네임, 프로필 사진, 이메일, 회원번호',
      '로그인 정보: 모든 기기에서 로그아웃되고 기록이 삭제돼요',
      '카카오와의 연결: 동의한 내용이 모두 철회돼요',
    ],
    kept: '보관되는 정보와 그 이유',
    keptItems: [
      '카카오가 연결 해제를 확인할 때까지, 연결을 끊는 데 필요한 회원번호만',
      '이용이 제한된 계정이면, 다시 가입해도 알아볼 수 있도록 되돌릴 수 없게 바꾼 회원번호를 제한이 풀릴 때까지',
      '같은 알림을 두 번 처리하지 않으려고, 카카오가 보낸 알림의 고유번호와 시각만 90일 동안. 누구의 알림인지는 지워요',
    ],
    comeBack: '나중에 다시 로그인하면 비어 있는 새 계정으로 시작해요. 삭제한 정보는 되돌릴 수 없어요.',
    continue: '다음',
    stay: '탈퇴하지 않기',
    confirmTitle: '정말 탈퇴하시겠어요?',
    confirmBody: (name: string) => `${isolate(name)} 님의 계정을 지금 바로 삭제해요. 되돌릴 수 없어요.`,
    confirm: '탈퇴하기',
    loginTitle: '한 번 더 로그인해 주세요',
    loginBody:
      '본인만 탈퇴할 수 있도록, 카카오로 다시 로그인하면 이 화면으로 돌아와요. 카카오톡 안에서 이 화면이 되풀이되면 다른 브라우저에서 열어 주세요.',
    goodbyeTitle: '탈퇴했어요',
    goodbyeBody: '이 서비스에 있던 정보를 모두 삭제했어요. 그동안 이용해 주셔서 감사해요.',
    goodbyeStates: {
      unlinked: '카카오와의 연결도 끊었어요.',
      waiting:
        '카카오와의 연결은 아직 끊지 못했어요. 끊어질 때까지 저희가 계속 시도할게요. 더 하실 일은 없어요.',
      no_admin_key:
        '카카오와의 연결은 저희가 바로 끊지 못했어요. 카카오톡 설정 > 카카오계정 > 연결된 서비스 관리에서 직접 끊을 수 있어요.',
    },
  },
  sessions: {
    heading: '로그인한 기기',
    lead: '모르는 기기가 있다면 바로 로그아웃하고, 카카오계정의 비밀번호도 바꿔 주세요.',
    /** Names of devices that are not the same in every language. */
    deviceNames: { KakaoTalk: '카카오톡', Naver: '네이버', Daum: '다음', App: '앱' } as Readonly<
      Record<string, string>
    >,
    unknownDevice: '알 수 없는 기기',
    current: '지금 이 기기',
    active: (ago: string | null) => (ago ? `활동 ${ago}` : '방금 활동'),
    network: '접속 위치',
    signedIn: '로그인',
    until: '로그인 유지 기한',
    end: (device: string) => `${isolate(device)} 로그아웃`,
    endShort: '로그아웃',
    endOthers: '다른 기기 모두 로그아웃',
    only: '지금 이 기기에서만 로그인되어 있어요.',
    all: (count: number) => `기기 ${count}대 모두 보기`,
    unavailable: '지금은 기기 목록을 불러올 수 없어요. 잠시 뒤에 다시 열어 주세요.',
    back: '내 계정으로 돌아가기',
    outcomes: {
      ended: '그 기기에서 로그아웃했어요. 그 기기에서 다시 쓰려면 로그인해야 해요.',
      others_ended: '이 기기를 제외한 모든 기기에서 로그아웃했어요.',
      not_found: '이미 로그아웃된 기기예요. 바뀐 것은 없어요.',
    },
  },
  history: {
    heading: '보안 기록',
    lead: '최근 1년 동안 계정에서 일어난 일이에요.',
    none: '아직 기록이 없어요.',
    all: '전체 기록 보기',
    unavailable: '지금은 기록을 불러올 수 없어요. 잠시 뒤에 다시 열어 주세요.',
    pages: {
      title: (page: number) => `보안 기록 ${page}쪽`,
      name: '보안 기록 쪽 이동',
      newer: '더 최근 기록',
      older: '더 오래된 기록',
      end: '이보다 오래된 기록은 없어요.',
      back: '내 계정으로 돌아가기',
    },
    login: '로그인했어요',
    new_device: '새 기기에서 로그인했어요',
    session_ended: (device: string) => `${isolate(device)}에서 로그아웃했어요`,
    sessions_ended: '다른 모든 기기에서 로그아웃했어요',
    logged_out: {
      here: '로그아웃했어요',
      everywhere: '모든 기기에서 로그아웃했어요',
      with_kakao: '카카오계정과 함께 로그아웃했어요',
    },
    consent_added: (item: string) => `‘${item}’ 제공에 동의했어요`,
    consent_withdrawn: (item: string) => `‘${item}’ 제공 동의를 철회했어요`,
    tokens_purged: '보관하던 카카오 토큰을 지웠어요',
    export: '내 데이터를 내려받았어요',
    blocked: '이용이 제한됐어요',
    unblocked: '이용 제한이 풀렸어요',
    kakao_event: {
      'tokens-revoked': '카카오계정에서 이 서비스의 연결 권한이 취소됐어요',
      'sessions-revoked': '카카오계정이 모든 기기에서 로그아웃됐어요',
      'credential-compromise': '카카오가 비밀번호 유출 위험을 알려 왔어요',
      'credential-change': '카카오계정의 비밀번호나 로그인 수단이 바뀌었어요',
      'account-disabled': '카카오계정 이용이 정지됐어요',
      'account-enabled': '카카오계정을 다시 쓸 수 있게 됐어요',
    } as Readonly<Record<string, string>>,
    /** Kakao's event and what came of it, where one sentence says both. */
    together: {
      'sessions-revoked end_sessions': '카카오계정이 모든 기기에서 로그아웃돼 여기서도 로그아웃했어요.',
    } as Readonly<Record<string, string>>,
    otherKakaoEvent: '카카오계정이 바뀌었다고 카카오가 알려 왔어요',
    effects: {
      end_sessions: '모든 기기에서 로그아웃했어요.',
      block: '로그인을 막고 모든 기기에서 로그아웃했어요.',
      unblock: '다시 로그인할 수 있어요.',
      none: '이 서비스에서 바뀐 것은 없어요.',
    },
  },
  /** For pages without anything that could fail. */
  plain: {
    supportCode: '문의 코드',
    failed: {
      title: '문제가 생겼어요',
      body: '페이지를 보여 드리지 못했어요. 잠시 뒤에 다시 시도해 주세요.',
    },
    refused: {
      title: '요청을 처리하지 못했어요',
      body: '바뀐 것은 없어요. 이 서비스의 화면에서 다시 시도해 주세요.',
    },
    unavailable: {
      title: '잠시 뒤에 다시 시도해 주세요',
      body: '서비스에 일시적인 문제가 생겨서 요청을 처리하지 못했어요. 바뀐 것은 없어요.',
    },
  },
  notFound: {
    title: '페이지를 찾을 수 없어요',
    body: '주소가 바뀌었거나 없어진 페이지예요. 주소를 다시 확인해 주세요.',
  },
};

/** The sentences of one language. */
export type Text = typeof ko;
