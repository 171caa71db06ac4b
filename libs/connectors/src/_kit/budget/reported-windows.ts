import type { HttpResponse } from '#http';
import type { RateScope, ReportedWindow } from './rate-budget.js';

/** How a vendor's answer says that the windows of a scope stand; windows without a word are left out. */
export function reportedWindows(scope: RateScope, { headers }: HttpResponse, now: number): ReportedWindow[] {
  const number = (name: string | undefined): number | undefined => {
    const text = name === undefined ? undefined : headers[name];
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  return scope.windows.flatMap((window, index) => {
    const remaining = number(window.headers?.remaining);
    if (remaining === undefined) return [];
    const limit = number(window.headers?.limit);
    const seconds = number(window.headers?.resetSeconds);
    return {
      window: index,
      remaining,
      ...(limit !== undefined && { limit }),
      ...(seconds !== undefined && { resetsAt: now + seconds * 1000 }),
    };
  });
}
