import TabItem from '@theme/TabItem';
import Tabs from '@theme/Tabs';
import MDXComponents from '@theme-original/MDXComponents';
import { Audio } from '../components/Audio';
import { Bookmark } from '../components/Bookmark';
import { Column, Columns } from '../components/Columns';
import { Embed } from '../components/Embed';
import { FileLink } from '../components/FileLink';
import { Pdf } from '../components/Pdf';
import { Solutions } from '../components/Solutions';
import { Video } from '../components/Video';

/** Known in every page without an import. README.md lists them for those who write pages by program. */
export default {
  ...MDXComponents,
  Audio,
  Bookmark,
  Column,
  Columns,
  Embed,
  FileLink,
  Pdf,
  Solutions,
  TabItem,
  Tabs,
  Video,
};
