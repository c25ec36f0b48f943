/** # What the page about NaN says of its causes, in both languages */
import type { Cause } from '../../conformance/nan/causes.ts';
import type { Born } from '../../conformance/nan/report.ts';

export interface CauseWords {
  readonly base: string;
  /** The heading before the first cause of a group. */
  readonly groups: { readonly [cause: string]: string };
  readonly born: { readonly [where in Born['where']]: string };
  readonly nothing: string;
  readonly loss: string;
  readonly gradient: string;
  readonly advice: string;
  readonly clause: string;
  readonly instead: string;
  readonly refused: string;
  /** Where there is one. */
  readonly playground: string;
  titleOf(cause: Cause): string;
  adviceOn(id: string, fix: string | undefined): string | undefined;
}

export const causesEn: CauseWords = {
  base: '',
  groups: {
    'softmax-overflow': 'The logarithm of a probability that is lost',
    'row-masked': 'Masks',
    'all-ignored': 'Nothing to take the mean of',
    'softplus-overflow': 'e^x overflows',
    'label-out-of-range': 'What is not legal',
    'where-log': 'The gradient alone',
    'epsilon-beside-1': 'An epsilon that the format does not have',
    'float16-sum': 'Half precision',
    data: 'Not the loss',
  },
  born: {
    batch: 'It came in with the batch: {0} is {1}; exact {2}',
    forward: 'First at {0}: {1}, where exact is {2}',
    backward:
      'The loss is finite. First in the gradient, at the slope of {0}: {1}, where exact is {2}',
  },
  nothing: 'Nothing is born in this loss, forward or backward.',
  loss: 'The loss: {0}; exact {1}',
  gradient: 'The gradient: {0} of {1} not finite',
  advice: '**Do:** {0}',
  clause: 'The clause: {0}',
  instead: 'On the same batch {0} is {1}.',
  refused: 'On the same batch {0} says {1}.',
  playground: 'Batches of your own can be asked in the [playground](/playground), too.',
  titleOf: ({ title }) => title,
  adviceOn: (_, fix) => fix,
};

/** Of each cause: its title, and what to do. */
type Told = readonly [title: string, advice?: string];
const LOGITS = '直接对对数几率用 cross-entropy：它做的是对数的减法，从不形成概率';
const WITH_LOGITS =
  '直接对对数几率用 binary-cross-entropy-with-logits（用 BCEWithLogitsLoss 代替 Sigmoid 加 BCELoss）';
const RANGE = '这不是该损失接受的数：在它变成 NaN 之前就报错拒绝';
const EMPTY = '没有任何样本计入，0/0 没有均值：用 max(1, 个数) 去除总和，或者跳过这个批次';
const MASKED = '整行都是 −∞ 时 softmax 不存在：只屏蔽列，不要屏蔽整行，或者把这一行排除在损失之外';
const BRANCH =
  '没有被选中的分支同样会被求导，而 0/0、0 · ∞ 都是 NaN：先让它的自变量安全，例如 where(p > 0, log(where(p > 0, p, 1)), 0)';
const LOST = '概率在舍入成 0 之后已无从挽回：从对数几率计算 cross-entropy';

export const causesToldInChinese: { readonly [id: string]: Told } = {
  'softmax-overflow': ['log(softmax(z))：e^120 在 float32 中是 ∞', LOGITS],
  'softmax-underflow': ['先减去最大对数几率的 log(softmax(z))：有一个概率下溢成 0', LOGITS],
  'sigmoid-saturates': [
    '先 sigmoid 再 BCE：σ(17) 在 float32 中恰好是 1，log(1 − p) 成了 −∞',
    WITH_LOGITS,
  ],
  'logarithm-clamped': [
    '同上，但把 log(1 − p) 截断在 −100：损失是 100 而不是 17，梯度是 0/0',
    WITH_LOGITS,
  ],
  'probability-of-1': [
    'BCE 的输入概率早已被舍入成 1',
    '对对数几率用 binary-cross-entropy-with-logits；若只有概率，则每个对数截断在 −100',
  ],
  'probability-of-0': ['log(p) 中的概率早已被舍入成 0', LOST],
  'row-masked': ['一整行对数几率都是 −∞：−∞ + ∞', MASKED],
  'row-masked-unshifted': ['同上，但不减最大值：0/0', MASKED],
  'soft-label-masked': [
    '被屏蔽的类别配上为 0 的软标签：0 · −∞',
    '0 · ∞ 是 NaN：不占份额的项就不要计入，或者用 −10000 这样的有限数代替 −∞ 来屏蔽',
  ],
  'smoothing-masked': [
    '标签平滑给被屏蔽的类别分了一份：损失确实就是 ∞',
    '对数几率为 −∞ 的类别在损失中占有份额（作为目标，或经由标签平滑），而 −log 0 是 ∞：不要给它份额，或者给它有限的对数几率',
  ],
  'column-masked': ['带屏蔽类别的 log(softmax(z))：损失有限，梯度是 0/0', LOGITS],
  'all-ignored': ['所有目标都被忽略：均值是 0/0', EMPTY],
  'empty-batch': ['空批次：均值是 0/0', EMPTY],
  'dice-of-nothing': [
    '两个空掩码的 Dice：0/0',
    '用 dice-loss，它的 smooth 是 1，两个空集的损失为 0',
  ],
  'softplus-overflow': ['手写的 softplus：log(1 + e^89) 在 float32 中是 ∞', WITH_LOGITS],
  'cosh-overflow': [
    '手写的 log(cosh(d))：e^90 在 float32 中是 ∞',
    '用 log-cosh-loss：|d| + log(1 + e^−2|d|) − log(2) 处处不溢出',
  ],
  'float16-exp': ['e^11.1 在 float16 中是 ∞，那里 e^x 到 x = 11.0899 为止', LOGITS],
  'label-out-of-range': ['不存在的类别：读到了不存在的内存', RANGE],
  'probability-above-1': ['大于 1 的概率：对负数取对数', RANGE],
  'negative-target': ['以负的“概率”为目标的 KL 散度', RANGE],
  'negative-variance': ['负的方差', RANGE],
  'kl-of-nothing': ['目标概率为 0 的 KL 散度：0 · log 0', '用 kl-div，其中为 0 的目标贡献为 0'],
  'where-log': ['where(p > 0, log(p), 0)：损失有限，梯度是 0/0', BRANCH],
  'distance-of-0': [
    '距离中的根号 0：无穷大的斜率乘以 0',
    '用 triplet-margin-loss：它给每个分量加上 eps，并且距离为 0 时斜率取 0',
  ],
  'focal-gamma': [
    'γ 小于 1 的 focal 损失：(1 − pt)^γ 在 pt = 1 处斜率无穷大',
    '对对数几率用 sigmoid-focal-loss：p 与 1 − p 都不形成',
  ],
  'smooth-l1-beta': ['β = 0 的 smooth L1：没有被选中的 d² / 2β 也被计算了', BRANCH],
  'cosine-of-0': ['零向量的余弦：0/0', '用 cosine-similarity-loss，其中小于 eps 的长度按 eps 计'],
  'epsilon-beside-1': ['用 ε = 1e-9 把 p 移入 [ε, 1 − ε]：1 − ε 在 float32 中就是 1', WITH_LOGITS],
  'float16-epsilon': [
    '标签截断在 1e-18 的对称交叉熵，而这个数在 float16 中是 0',
    '把 log(eps) 当作单独的常数，用 float64 算好；或者在 float16 中取至少 6e-8 的 eps',
  ],
  'float16-sum': ['平方和在 float16 中超过 65504 而溢出', '平方与求和都用 float32'],
  'float16-input': [
    'float16 放不下的输入',
    '对这个格式来说它太大：用更宽的格式计算损失，或者把产生它的东西缩小',
  ],
  data: ['数据里有 NaN', '它是随批次进来的：看看是什么产生了它，以及更早的梯度'],
  'learning-rate': ['学习率：批次很大但有限，损失也一样'],
};

export const causesZh: CauseWords = {
  base: '/zh',
  groups: {
    'softmax-overflow': '对已经丢失的概率取对数',
    'row-masked': '屏蔽',
    'all-ignored': '没有可以求均值的东西',
    'softplus-overflow': 'e^x 溢出',
    'label-out-of-range': '不合法的输入',
    'where-log': '只有梯度出问题',
    'epsilon-beside-1': '格式里不存在的 ε',
    'float16-sum': '半精度',
    data: '不是损失的问题',
  },
  born: {
    batch: '随批次进来：{0} 是 {1}；精确值 {2}',
    forward: '最先出现在 {0}：得到 {1}，精确值是 {2}',
    backward: '损失有限。最先出现在梯度中，{0} 的斜率：得到 {1}，精确值是 {2}',
  },
  nothing: '在这个损失里，无论前向还是反向，什么都没有产生。',
  loss: '损失：{0}；精确值 {1}',
  gradient: '梯度：{1} 个元素中有 {0} 个不是有限数',
  advice: '**该怎么办：** {0}',
  clause: '条款：{0}',
  instead: '对同一个批次，{0} 的结果是 {1}。',
  refused: '对同一个批次，{0} 的回答是 {1}。',
  playground: '自己的批次也可以在[演练场](/zh/playground)里试。',
  titleOf: ({ id }) => causesToldInChinese[id]![0],
  adviceOn: (id) => causesToldInChinese[id]![1],
};
