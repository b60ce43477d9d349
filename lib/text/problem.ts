/** For a page that failed in the browser, in both languages and apart: it is part of the script of every page. */
export const problem = {
  ko: {
    title: '문제가 생겼어요',
    body: '페이지를 보여 드리지 못했어요. 잠시 뒤에 다시 시도해 주세요.',
    supportCode: '문의 코드',
    retry: '다시 시도',
    home: '홈으로',
  },
  en: {
    title: 'Something went wrong',
    body: 'This page could not be shown. Please try again in a moment.',
    supportCode: 'Support code',
    retry: 'Try again',
    home: 'Home',
  },
} as const;
