import { Body, Controller, Get, Headers, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { questions, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import { etagOf, versionFromIfMatch } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { PreferencesChange, PreferencesView } from '../domain/preferences.js';
import type { PreferencesRecord } from '../persistence/preferences.collection.js';
import { PreferencesStore } from '../persistence/preferences.repository.js';
import { ChangePreferences } from './change-preferences.command.js';
import { preferencesView } from './preferences-view.js';

/** Nothing chosen yet is version 0. */
const versioned = (stored: PreferencesRecord | null) =>
  answerWith(preferencesView(stored), { headers: { etag: etagOf(stored?.version ?? 0) } });

/** What the signed-in user wants to be told about; the same in all accounts of the user. */
@Controller('accounts/preferences')
export class PreferencesController {
  constructor(
    private readonly store: PreferencesStore,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Authenticated()
  @Envelope('Preferences retrieved')
  @Api({ summary: 'What the user is told about', answer: PreferencesView, versioned: true })
  async read(@Ctx() { actor }: RequestContext) {
    return versioned(await this.store.find(actor.userId));
  }

  @Put()
  @Authenticated()
  @Envelope('Preferences updated successfully')
  @Api({
    summary: 'Change some of what the user is told about; the rest stays as it is',
    answer: PreferencesView,
    versioned: true,
  })
  async change(
    @Ctx() { actor }: RequestContext,
    @Body({ schema: PreferencesChange }) body: PreferencesChange,
    @Headers('if-match') ifMatch?: string,
  ) {
    return versioned(
      await this.commands.execute(new ChangePreferences(actor.userId, body, versionFromIfMatch(ifMatch))),
    );
  }

  @Answers(questions.preferencesOfUser)
  async answer({ user_id }: { user_id: string }): Promise<AnswerOf<typeof questions.preferencesOfUser>> {
    const { webhook_url: _address, ...wants } = preferencesView(await this.store.find(user_id));
    return { wants };
  }
}
