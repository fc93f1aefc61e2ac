import { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';

/** Types that the SDK uses but does not export, taken from those that it does. */
type ImageContent = Extract<BlockObjectResponse, { type: 'image' }>['image'];

export type InternalFileResponse = Extract<
  ImageContent,
  { type: 'file' }
>['file'];

export type CodeLanguage = Extract<
  BlockObjectResponse,
  { type: 'code' }
>['code']['language'];

export type Parent = PageObjectResponse['parent'];

export type { PageObjectResponse };
