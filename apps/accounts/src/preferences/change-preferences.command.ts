import { Command } from '@nestjs/cqrs';
import type { PreferencesChange } from '../domain/preferences.js';
import type { PreferencesRecord } from '../persistence/preferences.collection.js';

export class ChangePreferences extends Command<PreferencesRecord> {
  constructor(
    readonly userId: string,
    readonly change: PreferencesChange,
    /** From `If-Match`: the version that the client saw. */
    readonly version: number | undefined,
  ) {
    super();
  }
}
