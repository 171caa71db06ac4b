import { Injectable } from '@nestjs/common';
import { questions, type DryRun, type ExecutionJob } from '#contracts';
import { dryRunHelper, type HelperDefinition } from '#helpers';
import { Questions } from '#messaging';
import { RunTimeline } from '../run-execution/run-timeline.js';
import { RunPortsFactory } from '../run-ports/run-ports.factory.js';

/** Finds out what a helper would do: reads are real, writes and foreign calls are recorded and not made. */
@Injectable()
export class TryHelper {
  constructor(
    private readonly ports: RunPortsFactory,
    private readonly ask: Questions,
  ) {}

  async report(definition: HelperDefinition, job: ExecutionJob, signal: AbortSignal): Promise<DryRun> {
    const ports = this.ports.portsFor(job, new RunTimeline(1), true, signal);
    return dryRunHelper(definition, ports, await this.ports.helperJob(job), async (kind, key) => {
      const { count } = await this.ask.ask(questions.readCount, { account_id: job.account_id, kind, key });
      return count;
    });
  }
}
