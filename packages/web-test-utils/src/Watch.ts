/** Waits for what callbacks tell, without looking again and again; the test's own timeout is the limit. */
export class Watch {
  readonly #checks = new Set<() => void>();

  /** Something has been told. */
  look(): void {
    this.#checks.forEach(check => check());
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = () => {
        if (holds()) {
          this.#checks.delete(check);
          resolve();
        }
      };
      this.#checks.add(check);
      check();
    });
  }
}
