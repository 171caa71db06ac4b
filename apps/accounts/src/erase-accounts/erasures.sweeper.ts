import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { RepeatedWork, type StopsWork } from '#service-defaults';
import { ACCOUNTS_CONFIG, type AccountsConfig } from '../config.js';
import { DueErasures } from './due-erasures.js';

/** Looks again and again for accounts whose time is over. */
@Injectable()
export class ErasuresSweeper implements OnApplicationBootstrap, StopsWork {
  private readonly work: RepeatedWork;

  constructor(due: DueErasures, @Inject(ACCOUNTS_CONFIG) config: AccountsConfig) {
    this.work = new RepeatedWork('erasing deleted accounts', config.MFH_ACCOUNTS_SWEEP_MS, () => due.round());
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  stopWork(): Promise<void> {
    return this.work.stop();
  }
}
