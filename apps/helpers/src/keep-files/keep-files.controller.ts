import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AnswerOf, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { RoomForFiles } from './room-for-files.js';

/** Questions about the room that accounts have for files. */
@Controller()
export class KeepFilesController {
  constructor(private readonly room: RoomForFiles) {}

  @Answers(questions.makeRoomForFile)
  async take({ account_id, key, size }: RequestOf<typeof questions.makeRoomForFile>): Promise<Record<string, never>> {
    await this.room.take(scopeOf(account_id), key, size);
    return {};
  }

  @Answers(questions.storageUsed)
  async used({ account_id }: { account_id: string }): Promise<AnswerOf<typeof questions.storageUsed>> {
    return { bytes: await this.room.used(scopeOf(account_id)) };
  }
}
