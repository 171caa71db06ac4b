import { helpersOf, type RequestContext } from '#auth';

/** A condition beside others: of what belongs to helpers, only that of the helpers that exist for the caller. */
export function withinLimits(ctx: RequestContext, field: '_id' | 'helper_id') {
  const helpers = helpersOf(ctx);
  return helpers === undefined ? {} : { $and: [{ [field]: { $in: [...helpers] } }] };
}
