export interface Config {
  /**
   * That the backend serves dynamic plugins. The page sees that much, or it would not ask for them, and nothing of the folder.
   *
   * @visibility frontend
   */
  dynamicPlugins?: {
    rootDirectory: string;
  };
}
