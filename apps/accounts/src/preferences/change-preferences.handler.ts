import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PreferencesRecord } from '../persistence/preferences.collection.js';
import { PreferencesStore } from '../persistence/preferences.repository.js';
import { ChangePreferences } from './change-preferences.command.js';

@CommandHandler(ChangePreferences)
export class ChangePreferencesHandler implements ICommandHandler<ChangePreferences> {
  constructor(private readonly store: PreferencesStore) {}

  execute({ userId, change, version }: ChangePreferences): Promise<PreferencesRecord> {
    return this.store.merge(userId, change, version);
  }
}
