"""Old and variant kanji that people mix in names, folded to the everyday form.

For keys only: a key is compared, never shown, so folding 斎 and 斉 costs at most a warning too many.
"""

_PAIRS = """
髙高 﨑崎 嵜崎 碕崎 濵浜 濱浜 邊辺 邉辺 齋斉 齊斉 斎斉 澤沢 廣広 國国 圀国 櫻桜 嶋島 嶌島 德徳 圓円 眞真
學学 榮栄 惠恵 壽寿 龍竜 瀧滝 澁渋 條条 會会 豐豊 冨富 彌弥 與与 實実 淺浅 萬万 藏蔵 鐵鉄 鉃鉄 寶宝 黑黒
靜静 𠮷吉 增増 曾曽 禮礼 內内 步歩 槇槙 槗橋 桒桑 舘館 峯峰 嶽岳 籔藪 檜桧 驛駅 醫医 藝芸 圖図 團団 縣県
區区 兒児 數数 假仮 應応 總総 營営 勞労 賣売 讀読 關関 佛仏 拂払 獨独 濟済 燒焼 點点 發発 盡尽 禪禅 絲糸
經経 緣縁 蟲虫 號号 觀観 證証 變変 轉転 輕軽 釋釈 鑛鉱 礦鉱 鹽塩 麥麦 齒歯 龜亀 亞亜 來来 乘乗 兩両 凉涼
劍剣 單単 嚴厳 堯尭 奧奥 巖巌 戶戸 敎教 昻昂 晉晋 曉暁 樂楽 歷歴 淸清 滿満 瀨瀬 爲為 狹狭 產産 畫画 祿禄
稻稲 穗穂 聰聡 莊荘 萠萌 藥薬 衞衛 遙遥 郞郎 鄕郷 鎭鎮 靑青 顯顕 鷄鶏 鷗鴎 麴麹 黃黄 姬姫 硏研 纖繊 齡齢
將将 當当 對対 專専 寫写 廳庁 彈弾 擴拡 據拠 攝摂 搖揺 檢検 氣気 續続 聲声 處処 覺覚 讓譲 豫予 貳弐 辭辞
險険 雜雑 靈霊 餠餅 體体 舍舎 渕淵 渊淵 埜野 塲場 栁柳 杤栃 楳梅 凜凛 曻昇 晧皓 莖茎 蘆芦 濤涛 燈灯 竈竃
籠篭 繩縄 罐缶 臺台 莱来 萊来
"""

TO_EVERYDAY_FORM: dict[int, str] = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
