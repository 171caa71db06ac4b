import { conformConfig } from '../../_kit/config/normalize-config.js';
import type { HelpersDirectory, HelperSummary } from '../../_kit/ports.js';
import { chainItConfig, entriesOf, type ChainEntry } from './chain-it.config.js';

/** The deepest execution that chains may lead to; the one that nobody else started is at 0. */
export const DEEPEST_CHAIN = 10;

const chain = { config: chainItConfig, aliases: { stop_on_error: 'stop_on_failure' } };

/** What a chain's configuration names; nothing when it is not complete. */
function namedIn(config: unknown): ChainEntry[] {
  const parsed = chainItConfig.safeParse(conformConfig(chain, config));
  if (!parsed.success) return [];
  const { steps, onSuccess, onFailure } = entriesOf(parsed.data);
  return [...steps, ...onSuccess, ...onFailure];
}

/**
 * Looks for a way from a chain back to itself, or for one that is too deep to run.
 * @param config of the chain, as stored or as it is about to be saved
 * @returns ids on the way, the repeated one last; null when there is none
 */
export async function findChainCycle(
  directory: HelpersDirectory,
  helperId: string,
  config: unknown,
): Promise<string[] | null> {
  const harmless = new Set<string>();

  const follow = async (named: readonly ChainEntry[], path: readonly string[]): Promise<string[] | null> => {
    for (const entry of named) {
      const helper = await directory.resolve(entry.id);
      const cycle = helper === null ? null : await enter(helper, entry, path);
      if (cycle !== null) return cycle;
    }
    return null;
  };

  const enter = async (helper: HelperSummary, entry: ChainEntry, path: readonly string[]): Promise<string[] | null> => {
    const way = [...path, helper.helperId];
    if (path.includes(helper.helperId)) return way;
    if (helper.helperType !== 'chain_it') return null;
    if (way.length > DEEPEST_CHAIN) return way;
    const key = entry.config === undefined ? `${way.length}:${helper.helperId}` : undefined;
    if (key !== undefined && harmless.has(key)) return null;
    const cycle = await follow(namedIn(entry.config ?? helper.config), way);
    if (cycle === null && key !== undefined) harmless.add(key);
    return cycle;
  };

  return follow(namedIn(config), [helperId]);
}
