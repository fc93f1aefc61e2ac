import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './MarkdownText.module.css';
import { SafeLink } from './SafeLink';

/** Headings of a message are not headings of the page. */
function Heading({ children }: { children?: React.ReactNode }) {
  return (
    <p>
      <strong>{children}</strong>
    </p>
  );
}

const COMPONENTS: Components = {
  a: ({ href, children }) => <SafeLink url={href ?? ''}>{children}</SafeLink>,
  // Nothing is fetched because a message is looked at.
  img: ({ alt }) => <>{alt}</>,
  // The boxes of a list of tasks: a symbol, since nobody can tick them.
  input: ({ checked }) => <>{checked ? '☑' : '☐'}</>,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
};

const PLUGINS = [remarkGfm];

/** What Markdown may mean something by; text without it is spared the parser. */
const MARKUP =
  /[\\`*_[\]<#|~&@]|:\/\/|www\.|^\s*(?:[-+=]|\d+[.)])|^ {4}|^\t|\n\s*\n/m;

/**
 * Markdown without HTML and images; links by the rule for links. Line breaks stay where they are, as people expect of a message.
 */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className={styles.markdown}>
      {MARKUP.test(text) ? (
        <Markdown
          remarkPlugins={PLUGINS}
          components={COMPONENTS}
          // Every address is judged where it would be shown.
          urlTransform={url => url}
        >
          {text}
        </Markdown>
      ) : (
        <p>{text}</p>
      )}
    </div>
  );
}
