import { Resolver } from 'node:dns/promises';
import { HelperFailure, type HelperDns } from '#helpers';

/** The parts of Node's resolver that are asked. */
export type DnsResolver = Pick<Resolver, 'resolveMx' | 'resolve4' | 'resolve6' | 'resolveTxt'>;

const ASK_MS = 3_000;
const TRIES = 2;

export const systemResolver = (): DnsResolver => new Resolver({ timeout: ASK_MS, tries: TRIES });

/** An answer, none of that kind, or no such name. */
type Answer<T> = T | 'no_data' | 'no_domain';

async function ask<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return await question;
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code === 'ENODATA') return 'no_data';
    if (code === 'ENOTFOUND' || code === 'EBADNAME') return 'no_domain';
    throw new HelperFailure('dns_error', 'retry', 'The domain name system did not answer. Try again later.', {
      cause: error,
    });
  }
}

const isAnswer = <T>(answer: Answer<T>): answer is T => answer !== 'no_data' && answer !== 'no_domain';

/** Texts that a name publishes. @throws HelperFailure `dns_error` */
export async function publishedTexts(resolver: DnsResolver, name: string): Promise<string[]> {
  const texts = await ask(resolver.resolveTxt(name));
  return isAnswer(texts) ? texts.map((parts) => parts.join('')) : [];
}

/** Only what a name server says with authority counts; silence and failures end the run, to be tried again. */
export const helperDns = (resolver: DnsResolver): HelperDns => ({
  async mailHosts(domain) {
    const hosts = await ask(resolver.resolveMx(domain));
    if (hosts === 'no_domain') return null;
    if (!isAnswer(hosts)) return [];
    return hosts.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => (exchange === '' ? '.' : exchange));
  },
  async hasAddress(domain) {
    const answers = await Promise.all([ask(resolver.resolve4(domain)), ask(resolver.resolve6(domain))]);
    return answers.some((answer) => isAnswer(answer) && answer.length > 0);
  },
});
