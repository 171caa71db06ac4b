/** Expressions that look through a page in the browser and answer what is wrong with it. */

/** What WCAG 2 asks of text of ordinary size (AA). */
export const LEAST_CONTRAST = 4.5;

const DESCRIBE = `(element) => element.outerHTML.slice(0, 120)`;

/** Elements that stand out of the screen to the right. */
export const WIDER_THAN_THE_SCREEN = `[...document.querySelectorAll('body *:not(.skip)')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(${DESCRIBE})`;

/** Things to use that do not say what they are for. */
export const NAMELESS = `[...document.querySelectorAll('a, button, input:not([type=hidden]), nav, form, section')]
  .filter((element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    const labelledBy = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '');
    const own = element.matches('a, button') ? element.textContent : '';
    const needsNone = element.matches('form, section:not([aria-labelledby])');
    const name = [own, ...labels, ...labelledBy, element.getAttribute('aria-label') ?? ''].join('').trim();
    return name === '' && !needsNone;
  })
  .map(${DESCRIBE})`;

/** Texts whose colour is too near to that of their ground. */
export const POOR_CONTRAST = (least: number): string => `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) return color;
    }
    return [255, 255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => {
      const text = luminance(rgba(getComputedStyle(element).color));
      const ground = luminance(groundOf(element));
      const [light, dark] = text > ground ? [text, ground] : [ground, text];
      return (light + 0.05) / (dark + 0.05) < ${least};
    })
    .map(${DESCRIBE});
})()`;
