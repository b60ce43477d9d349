import type { Page } from '@playwright/test';

/** What a page did that nobody wants, collected from the moment the watch begins. */
export interface PageWatch {
  /** Errors of the console and of scripts, and violations of the content security policy. */
  readonly problems: readonly string[];
  /** Addresses outside of the app that the page asked for. */
  readonly foreignRequests: readonly string[];
}

/** Watches a page; begin before the first navigation. */
export function watch(page: Page, origin: string): PageWatch {
  const problems: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) foreignRequests.push(request.url());
  });
  return { problems, foreignRequests };
}

/** The sum of all shifts of the layout since the page began (https://web.dev/cls). */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const add = (shifts: PerformanceEntryList) => {
          for (const shift of shifts) sum += Number(Reflect.get(shift, 'value'));
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            setTimeout(() => {
              add(observer.takeRecords());
              resolve(sum);
            }),
          ),
        );
      }),
  );
}
