import type { Dispatcher } from 'undici';

/** Tells afterwards whether a request was written to a socket or still waited in the pool's queue. */
export class SendMark {
  sent = false;
}

/**
 * Interceptor that sets the mark given as `opaque` of a request, at the moment before its first byte is written.
 * Errors alone do not tell: a time limit can end a queued request and one that is under way.
 */
export const markSent: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const mark = (options as Dispatcher.RequestOptions<unknown>).opaque;
  if (!(mark instanceof SendMark)) return dispatch(options, handler);
  return dispatch(options, {
    onRequestStart(controller, context) {
      mark.sent = true;
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  });
};
