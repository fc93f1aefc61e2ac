import { UserObjectResponse } from '@notionhq/client';
import { notionId } from './ids';

const workspaceId = notionId('workspace');

const writer: UserObjectResponse = {
  object: 'user',
  id: notionId('user/writer'),
  name: 'Mina Writer',
  avatar_url: null,
  type: 'person',
  person: { email: 'mina@example.com' },
};

const bot: UserObjectResponse = {
  object: 'user',
  id: notionId('user/bot'),
  name: 'Herald sandbox',
  avatar_url: null,
  type: 'bot',
  bot: {
    owner: { type: 'workspace', workspace: true },
    workspace_id: workspaceId,
    workspace_limits: { max_file_upload_size_in_bytes: 5_242_880 },
    workspace_name: 'Herald sandbox',
  },
};

export const users = { writer, bot };
