import { Injectable } from '@nestjs/common';
import { Problem, type AccountScope } from '#contracts';
import { belongsTo } from '#object-store';
import { PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { KeptFilesRepository } from './kept-files.repository.js';

/**
 * Makes room for files before they are stored. A file has its place from then on, even if storing it fails: the next
 * attempt has the same key and takes the same place.
 */
@Injectable()
export class RoomForFiles {
  constructor(
    private readonly files: KeptFilesRepository,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws Problem 403 `billing.limit_reached` when the plan has no room for so many bytes */
  async take(scope: AccountScope, key: string, size: number): Promise<void> {
    if (!belongsTo(key, scope.accountId)) {
      throw new Problem(403, 'account.permission_denied', 'The key is not one of this account');
    }
    const plan = await this.room.planOf(scope);
    await this.unitOfWork.run(
      async (session) => {
        const used = () => this.files.bytesBeside(scope, key);
        await this.room.take(session, scope, { resource: 'storage', plan, used, wanted: size });
        await this.files.put(scope, key, size);
      },
      { turn: turnOf(scope, 'storage') },
    );
  }

  /** Bytes of all files. */
  used(scope: AccountScope): Promise<number> {
    return this.files.bytesBeside(scope, undefined);
  }
}
