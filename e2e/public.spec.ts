import { expect, test } from './support/test';

test('a link preview finds its picture by a whole address, in the size it says', async ({ page, stack }) => {
  await page.goto('/');
  const property = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content');
  const image = `${stack.appUrl}/link-preview.png`;
  expect(await property('image')).toBe(image);
  const size = await page.evaluate(async (src) => {
    const { naturalWidth, naturalHeight } = await new Promise<HTMLImageElement>((resolve, reject) => {
      const picture = new Image();
      picture.onload = () => resolve(picture);
      picture.onerror = reject;
      picture.src = src;
    });
    return [String(naturalWidth), String(naturalHeight)];
  }, image);
  expect([await property('image:width'), await property('image:height')]).toEqual(size);
});
