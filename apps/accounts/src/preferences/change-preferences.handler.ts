import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PreferencesView } from '../domain/preferences.js';
import { PreferencesStore } from '../persistence/preferences.repository.js';
import { ChangePreferences } from './change-preferences.command.js';
import { preferencesView } from './preferences-view.js';

@CommandHandler(ChangePreferences)
export class ChangePreferencesHandler implements ICommandHandler<ChangePreferences> {
  constructor(private readonly store: PreferencesStore) {}

  async execute({ userId, change }: ChangePreferences): Promise<PreferencesView> {
    return preferencesView(await this.store.merge(userId, change));
  }
}
