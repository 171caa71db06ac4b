import { Injectable } from '@nestjs/common';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';

export interface ResourceCounts {
  helpers: number;
  connections: number;
  api_keys: number;
  team_members: number;
}

/** How long counts are given out without asking again; with the answer's own age it stays below five seconds. */
const FRESH_MS = 4_000;
/** How long the last counts are still given out while an owner does not answer. */
const LAST_KNOWN_MS = 10 * 60_000;
const MOST_REMEMBERED = 5_000;

interface Remembered {
  at: number;
  counts: ResourceCounts;
}

/** What an account has, counted by the services that own the rows. */
@Injectable()
export class ResourceCounter {
  readonly #remembered = new Map<string, Remembered>();
  readonly #asking = new Map<string, Promise<ResourceCounts>>();

  constructor(private readonly questions: Questions) {}

  /** @returns counts at most five seconds old, older ones only while an owner is away @throws Problem 503 without any */
  async of(accountId: string): Promise<ResourceCounts> {
    const remembered = this.#remembered.get(accountId);
    if (remembered && Date.now() - remembered.at < FRESH_MS) return remembered.counts;
    const asking = this.#asking.get(accountId) ?? this.#ask(accountId);
    try {
      return await asking;
    } catch (error) {
      if (!remembered || Date.now() - remembered.at > LAST_KNOWN_MS) throw error;
      logger.warn({ err: error }, 'showing the last known counts');
      return remembered.counts;
    }
  }

  #ask(accountId: string): Promise<ResourceCounts> {
    const asking = this.#count(accountId).finally(() => this.#asking.delete(accountId));
    this.#asking.set(accountId, asking);
    return asking;
  }

  async #count(account_id: string): Promise<ResourceCounts> {
    const [helpers, connections, keys, team] = await Promise.all([
      this.questions.ask(questions.countHelpers, { account_id }),
      this.questions.ask(questions.countConnections, { account_id }),
      this.questions.ask(questions.countApiKeys, { account_id }),
      this.questions.ask(questions.countTeam, { account_id }),
    ]);
    const counts = {
      helpers: helpers.count,
      connections: connections.count,
      api_keys: keys.count,
      team_members: team.count,
    };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(account_id, { at: Date.now(), counts });
    return counts;
  }
}
