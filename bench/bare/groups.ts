/** Works on what arrives while earlier groups are under way, a group at a time. The barest form of grouped writing. */
export class Groups<Item> {
  private waiting: { item: Item; resolve: () => void; reject: (reason: unknown) => void }[] = [];
  private running = 0;

  constructor(
    private readonly most: number,
    private readonly parallel: number,
    private readonly work: (group: Item[]) => Promise<void>,
  ) {}

  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.pump();
    });
  }

  private pump(): void {
    while (this.running < this.parallel && this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.most);
      this.running += 1;
      this.work(group.map(({ item }) => item))
        .then(
          () => group.forEach(({ resolve }) => resolve()),
          (error: unknown) => group.forEach(({ reject }) => reject(error)),
        )
        .finally(() => {
          this.running -= 1;
          this.pump();
        });
    }
  }
}
