import { Injectable } from '@nestjs/common';

/** Something that a service has of an account outside its database: files, or what vendors keep for it. */
export interface ErasureStep {
  /** In the record of the erasure, beside the names of collections. */
  readonly name: string;
  /** Removes it. Doing it again finds nothing more. @returns how much was removed */
  erase(accountId: string): Promise<number>;
}

/** What a service erases besides its collections, and before them: they say where it is. */
@Injectable()
export class ErasureSteps {
  private readonly steps: ErasureStep[] = [];

  add(step: ErasureStep): void {
    this.steps.push(step);
  }

  all(): readonly ErasureStep[] {
    return this.steps;
  }
}
