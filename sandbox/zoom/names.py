"""Invented names, from many cultures, and the odd ones that reports really contain."""

from __future__ import annotations

from itertools import product
from random import Random

_POOLS = (
    (
        "Alice Bridget Callum Deirdre Ewan Fiona Graham Heather Imogen Jack",
        "Ashworth Bellamy Carrick Drummond Ellery Fairweather Glendower Hawthorne O'Brien O’Shea",
    ),
    (
        "Ana Beatriz Camila Diego Esteban Fátima Gonçalo Héctor Inés João",
        "Almeida Barragán Cárdenas Echeverría Figueiredo Gouveia Ibáñez Nuñez Quiñones Sepúlveda",
    ),
    (
        "Anjali Bhavna Chetan Deepika Farhan Gauri Harish Ishaan Kavya Lakshmi",
        "Agarwal Banerjee Chaudhury D'Souza Ganesan Iyer Kulkarni Mukherjee Ramaswamy Venkatesh",
    ),
    (
        "Abena Chidi Dayo Efua Folake Ifeoma Kwabena Lindiwe Ngozi Thabo",
        "Acheampong Balogun Chukwu Dlamini Eze Mensah Nkosi Okonkwo Oyelaran Zulu",
    ),
    (
        "Bảo Châu Đức Giang Hạnh Khánh Linh Minh Phương Tuấn",
        "Bùi Đặng Đỗ Hồ Lê Ngô Nguyễn Phạm Trần Vũ",
    ),
    ("伟 芳 秀英 敏 静 丽 强 磊 洋 艳", "王 李 张 刘 陈 杨 黄 赵 周 吴"),
    (
        "Алексей Борис Вера Галина Дмитрий Елена Зоя Игорь Ксения Людмила",
        "Абрамов Белова Воронин Громова Данилов Ершова Зайцев Крылова Лебедев Морозова",
    ),
    (
        "أحمد بشرى جميل خالد رانيا سلمى طارق فاطمة ليلى يوسف",
        "الأحمد البكري الحداد الخطيب الراشد السعدي الشامي العلي القاسم النجار",
    ),
    (
        "Agnieszka Bożena Czesław Dorota Elżbieta Grażyna Jerzy Łukasz Małgorzata Zbigniew",
        "Błaszczyk Czarnecka Dąbrowski Górski Jabłońska Kowalczyk Łuczak Ostrowski Śliwa Żak",
    ),
    (
        "Ásta Björk Einar Freyja Gunnar Håkon Ingrid Jørgen Liv Søren",
        "Åkesson Bjørnstad Dahlström Ekeløf Friðriksson Hägg Kjærgaard Lindqvist Nygård Strøm",
    ),
    (
        "Aroha Hemi Kiri Leilani Manaia Ngaire Rangi Sione Tama Whetu",
        "Faleolo Hēnare Kahale Leota Māhina Ngata Parata Taufa Tūhoe Waititi",
    ),
    ("はるか けんた さくら ゆうき あおい", "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤"),
)

# What people type, how clients and phones name themselves, and what a spreadsheet must survive.
ODD_GUESTS = (
    '=IMPORTXML("http://x","//a")',
    "Galaxy Tab A",
    "61255501234",
    "442079460123",
    "12125550147",
    "Call-In User_1",
    "Call-In User_2",
    "Marisol Vega (she/her)# BE",
    "Oluwaseun  Adébáyò",
    "🌻 Sunny 🌻",
    'Robert "Bobby" Tablesworth',
)

_DECORATIONS = ("{} 🙏", "{} (he/him)", "{}# Parramatta", "{} 👩🏽‍🏫", '{} "Mac"')


def invented_names(rng: Random, count: int) -> list[str]:
    """`count` different names, about one in eight decorated as people do."""
    everybody = [
        f"{given} {family}"
        for givens, families in _POOLS
        for given, family in product(givens.split(), families.split())
    ]
    return [_decorated(rng, name) for name in rng.sample(everybody, count)]


def _decorated(rng: Random, name: str) -> str:
    if rng.random() < 0.04:
        return name.replace(" ", "  ")
    return rng.choice(_DECORATIONS).format(name) if rng.random() < 0.1 else name
