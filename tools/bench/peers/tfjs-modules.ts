/**
 * # How Node reads tfjs-core's modules
 *
 * They are ECMAScript modules that do not say so and import each other without suffixes, as bundlers
 * allow. With these hooks Node reads them too, which saves a dependency on all of @tensorflow/tfjs,
 * four times the size, for the registration of gradients. What they compute with is a global that
 * they share with the bundle.
 */
import type { LoadHook, ResolveHook } from 'node:module';

const isModule = (url = ''): boolean =>
  url.includes('/@tensorflow/tfjs-core/dist/') && !url.endsWith('.node.js');

export const resolve: ResolveHook = async (specifier, context, next) => {
  const isBare = !specifier.startsWith('.') || specifier.endsWith('.js');
  if (isBare || !isModule(context.parentURL)) return next(specifier, context);
  try {
    return await next(`${specifier}.js`, context);
  } catch {
    return next(`${specifier}/index.js`, context);
  }
};

export const load: LoadHook = (url, context, next) =>
  next(url, isModule(url) ? { ...context, format: 'module' } : context);
