import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork, type StopsWork } from '#service-defaults';
import { Clock } from '../clock.js';
import { ACCOUNTS_CONFIG, type AccountsConfig } from '../config.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { ExpiredInvitations } from './expired-invitations.js';

const INVITATIONS_A_ROUND = 200;

/** Ends invitations that nobody looks at any more. Replicas may sweep at the same time. */
@Injectable()
export class InvitationsSweeper implements OnApplicationBootstrap, StopsWork {
  private readonly work: RepeatedWork;

  constructor(
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_CONFIG) config: AccountsConfig,
  ) {
    this.work = new RepeatedWork('ending old invitations', config.MFH_ACCOUNTS_SWEEP_MS, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  stopWork(): Promise<void> {
    return this.work.stop();
  }

  /** One round. @returns whether there may be more */
  async sweep(): Promise<boolean> {
    const overdue = await this.invitations.overdue(this.clock.now(), INVITATIONS_A_ROUND);
    for (const invitation of overdue) await this.expired.current(invitation);
    return overdue.length === INVITATIONS_A_ROUND;
  }
}
