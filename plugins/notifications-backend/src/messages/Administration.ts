import { PreferenceDefaults } from '@herald/backstage-plugin-notifications-common';
import { ErasedCounts, MessageStore } from './MessageStore';

/** What concerns everybody's messages. */
export class Administration {
  readonly #store: MessageStore;

  constructor(options: { store: MessageStore }) {
    this.#store = options.store;
  }

  async defaults(): Promise<PreferenceDefaults> {
    return this.#store.preferenceDefaults();
  }

  async setDefaults(defaults: PreferenceDefaults): Promise<void> {
    await this.#store.setPreferenceDefaults(defaults);
  }

  /** Deletes what is known of a person, for good. */
  async erase(userRef: string): Promise<ErasedCounts> {
    return this.#store.erase(userRef);
  }
}
