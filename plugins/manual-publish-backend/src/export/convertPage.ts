import { Root } from 'mdast';
import { Warning } from '../publishing/Warning';
import { PageSnapshot } from '../source/PageSnapshot';
import { Conversion } from './Conversion';
import { ConversionContext } from './ConversionContext';

export type ConvertedPage = {
  /** The body, without front matter. */
  readonly root: Root;
  readonly warnings: readonly Warning[];
  /** Ids of the blocks, on whatever page, that synced blocks of this one show. */
  readonly syncedSources: readonly string[];
};

/** A page as a Markdown tree. Nothing of its text is lost: what cannot be written is named where it was, and in a warning. */
export function convertPage(
  snapshot: PageSnapshot,
  context: ConversionContext,
): ConvertedPage {
  const conversion = new Conversion(snapshot, context);
  return {
    root: { type: 'root', children: conversion.blocks(snapshot.blocks) },
    warnings: conversion.warnings,
    syncedSources: [...conversion.syncedSources],
  };
}
