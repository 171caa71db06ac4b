import { HttpCode } from '@nestjs/common';
import { z } from 'zod';
import { Answer } from './answer.js';
import { addRouteSettings, type ApiSettings } from './route-config.js';

type Given<Schema extends z.ZodType> = z.input<Schema> | Answer<z.input<Schema>>;
/** What a handler may return: the data, or the data with its own message, status or headers. */
export type HandlerResult<Schema extends z.ZodType> = Given<Schema> | Promise<Given<Schema>>;

type MethodDecoratorFor<Result> = <Method extends (...args: never[]) => Result>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

function handlerOf(descriptor: { value?: unknown }, decorator: string): object {
  const handler = descriptor.value;
  if (typeof handler !== 'function') throw new Error(`@${decorator} belongs on a method`);
  return handler;
}

/** Schema of routes whose answer has no `data`. */
export const NoData = z.void();

/**
 * Describes a route; required on every one. The answer schema types the handler's result, strips what it does not
 * name from the body and appears in the OpenAPI document.
 */
export function Api<Schema extends z.ZodType>(
  settings: ApiSettings<Schema>,
): MethodDecoratorFor<HandlerResult<Schema>> {
  return (target, key, descriptor) => {
    addRouteSettings(handlerOf(descriptor, 'Api'), { api: settings });
    HttpCode(settings.status ?? 200)(target, key, descriptor);
  };
}

/** Sets the message of the success envelope `{success, message, data}`, which every route has unless it is raw. */
export const Envelope =
  (message: string): MethodDecorator =>
  (_target, _key, descriptor) => {
    addRouteSettings(handlerOf(descriptor, 'Envelope'), { message });
  };

/** The answer goes out without an envelope: health, key sets, files, event streams. */
export const Raw = (): MethodDecorator => (_target, _key, descriptor) => {
  addRouteSettings(handlerOf(descriptor, 'Raw'), { raw: true });
};
