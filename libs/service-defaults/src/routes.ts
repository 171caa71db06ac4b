import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { z } from 'zod';
import { routeSettingsOf, type RouteSettings } from './route-config.js';

/** Where Nest keeps what its decorators say. */
const METADATA = { path: 'path', method: 'method', arguments: '__routeArguments__', sse: '__sse__' } as const;
const SOURCES: Record<string, ParameterSource> = { '3': 'body', '4': 'query', '5': 'path', '6': 'header' };

export type ParameterSource = 'body' | 'query' | 'path' | 'header';

export interface RouteParameter {
  source: ParameterSource;
  /** Name of one field; absent where the whole body or query is taken. */
  name?: string;
  schema?: z.ZodType;
}

/** One HTTP route as its controller declares it. */
export interface RouteDescription {
  method: string;
  /** `/helpers/:id` */
  path: string;
  controller: string;
  handler: string;
  settings: RouteSettings;
  parameters: RouteParameter[];
}

type ArgumentMetadata = Record<string, { data?: unknown; schema?: z.ZodType }>;

function parametersOf(controller: Type, handler: string): RouteParameter[] {
  const declared = (Reflect.getMetadata(METADATA.arguments, controller, handler) ?? {}) as ArgumentMetadata;
  return Object.entries(declared).flatMap(([key, { data, schema }]) => {
    const source = SOURCES[key.split(':', 1)[0] ?? ''];
    if (source === undefined) return [];
    return [{ source, ...(typeof data === 'string' && { name: data }), ...(schema && { schema }) }];
  });
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : ''];

const joined = (prefix: string, path: string): string =>
  `/${[prefix, path]
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;

/** The routes of one controller class. */
export function routesOfController(controller: Type): RouteDescription[] {
  const prefixes = listOf(Reflect.getMetadata(METADATA.path, controller));
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((handler) => {
    if (handler === 'constructor') return [];
    const method = prototype[handler];
    if (typeof method !== 'function' || !Reflect.hasMetadata(METADATA.path, method)) return [];
    const verb = RequestMethod[(Reflect.getMetadata(METADATA.method, method) as number | undefined) ?? 0] ?? 'GET';
    const paths = listOf(Reflect.getMetadata(METADATA.path, method));
    return prefixes.flatMap((prefix) =>
      paths.map((path) => ({
        method: verb,
        path: joined(prefix, path),
        controller: controller.name,
        handler,
        settings: routeSettingsOf(method),
        parameters: parametersOf(controller, handler),
      })),
    );
  });
}

function controllersIn(modules: ModulesContainer): Type[] {
  const found = new Set<Type>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype === 'function') found.add(metatype as Type);
    }
  }
  return [...found];
}

/** All controller classes of a started (or created) application. */
export const controllersOf = (app: INestApplicationContext): Type[] => controllersIn(app.get(ModulesContainer));

/** All routes of the application that a provider lives in, by its injected `ModulesContainer`. */
export const routesIn = (modules: ModulesContainer): RouteDescription[] =>
  controllersIn(modules).flatMap((controller) => routesOfController(controller));

/** All routes of an application, for tests over every route and for the OpenAPI document. */
export const routesOf = (app: INestApplicationContext): RouteDescription[] =>
  controllersOf(app).flatMap((controller) => routesOfController(controller));
