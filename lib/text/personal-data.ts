export const personalDataKo = {
  heading: '내 데이터 내려받기',
  lead: '프로필, 로그인한 기기, 활동 내역, 동의 내역까지 이 서비스가 보관하는 것을 모두 담은 파일이에요.',
  json: 'JSON 파일',
  csv: 'CSV 파일 (엑셀에서 열기)',
};

export const personalDataEn = {
  heading: 'Download your data',
  lead: 'A file with everything this service holds about you: profile, devices, activity and consents.',
  json: 'JSON file',
  csv: 'CSV file (for spreadsheets)',
} satisfies typeof personalDataKo;
