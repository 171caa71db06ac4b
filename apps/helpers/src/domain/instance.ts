import { randomUUID } from 'node:crypto';

/** The identity of this process among the replicas of the service; changes when the others gave it up for dead. */
export class Instance {
  id = randomUUID();

  renew(): void {
    this.id = randomUUID();
  }
}
