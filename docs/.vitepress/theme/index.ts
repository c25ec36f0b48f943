/** # The theme: that of VitePress, without its fonts */
import 'katex/dist/katex.min.css';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import FilterRows from './FilterRows.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => void app.component('FilterRows', FilterRows),
} satisfies Theme;
