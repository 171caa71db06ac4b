import { randomUUID } from 'node:crypto';
import type { Answer } from '../../server/answer.js';
import { Refusal } from '../dialect.js';

const CATEGORIES: Readonly<Record<number, string>> = {
  400: 'VALIDATION_ERROR',
  403: 'MISSING_SCOPES',
  404: 'OBJECT_NOT_FOUND',
  409: 'CONFLICT',
  413: 'VALIDATION_ERROR',
  415: 'VALIDATION_ERROR',
};

/** A property that a request may not set so; the word for it stands in the answer. */
export class PropertyRefusal extends Refusal {
  constructor(
    readonly code: string,
    readonly property: string,
    message: string,
  ) {
    super(400, message, property);
  }
}

/** The error form of all of HubSpot's services. */
export function apiError(category: string, message: string, more: Record<string, unknown> = {}) {
  return { status: 'error', message, correlationId: randomUUID(), category, ...more };
}

export function refusedAnswer(refusal: Refusal): Answer {
  const { status, message } = refusal;
  const category = CATEGORIES[status] ?? 'INTERNAL_ERROR';
  if (!(refusal instanceof PropertyRefusal)) return { status, body: apiError(category, message) };
  const { code, property } = refusal;
  // What is wrong stands as JSON within the text; a code of its own comes only with some of the refusals.
  const invalid = JSON.stringify([{ isValid: false, message, error: code, name: property }]);
  const named = code === 'PROPERTY_DOESNT_EXIST' ? { code } : {};
  const details = [{ message, ...named, context: { propertyName: [property] } }];
  return { status, body: apiError(category, `Property values were not valid: ${invalid}`, { errors: details }) };
}

export function unauthorizedAnswer(fault: 'missing' | 'unknown' | 'expired'): Answer {
  const body =
    fault === 'expired'
      ? apiError('EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.', {
          context: { 'expire time': [new Date().toISOString()] },
        })
      : apiError('INVALID_AUTHENTICATION', 'Authentication credentials not found or not valid.');
  return { status: 401, body };
}

/** Refusals for a limit have a form of their own. */
export function limitError(policyName: 'DAILY' | 'TEN_SECONDLY_ROLLING' | 'SECONDLY'): Record<string, unknown> {
  return {
    status: 'error',
    message: `You have reached your ${policyName.toLowerCase()} limit.`,
    errorType: 'RATE_LIMIT',
    correlationId: randomUUID(),
    policyName,
    requestId: randomUUID(),
  };
}

/** The usual body for a status that only a planned fault produces. */
export function faultBody(status: number): unknown {
  if (status === 401) return unauthorizedAnswer('unknown').body;
  if (status === 429) return limitError('TEN_SECONDLY_ROLLING');
  return apiError(CATEGORIES[status] ?? 'INTERNAL_ERROR', 'Planned fault of the sandbox');
}
