import { Command } from '@nestjs/cqrs';
import type { PreferencesChange, PreferencesView } from '../domain/preferences.js';

export class ChangePreferences extends Command<PreferencesView> {
  constructor(
    readonly userId: string,
    readonly change: PreferencesChange,
  ) {
    super();
  }
}
